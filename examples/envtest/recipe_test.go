package envtest

import (
	"os"
	"strings"
	"testing"
)

func TestTheRecipeShowsTheExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/recipes.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("operator_test.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "\n"+string(example)+"```\n") {
		t.Error("the recipe in docs/recipes.md is not operator_test.go")
	}
}
