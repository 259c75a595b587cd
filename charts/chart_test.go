package charts

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	"helm.sh/helm/v3/pkg/releaseutil"
)

// go test . -update
var update = flag.Bool("update", false, "write the rendered manifests")

const (
	chartFolder = "mockflared"
	namespace   = "default"
)

type values = map[string]any

// render returns what "helm template mockflared charts/mockflared" prints for these values.
func render(given values) (string, error) {
	chart, err := loader.Load(chartFolder)
	if err != nil {
		return "", err
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	capabilities.KubeVersion = chartutil.KubeVersion{Version: "v1.37.0", Major: "1", Minor: "37"}
	release := chartutil.ReleaseOptions{Name: "mockflared", Namespace: namespace, Revision: 1, IsInstall: true}
	rendering, err := chartutil.ToRenderValues(chart, given, release, capabilities)
	if err != nil {
		return "", err
	}
	files, err := engine.Render(chart, rendering)
	if err != nil {
		return "", err
	}
	_, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, manifest := range manifests {
		text.WriteString("---\n# Source: " + manifest.Name + "\n" + manifest.Content + "\n")
	}
	return strings.TrimSpace(text.String()) + "\n", nil
}

func readValues(t *testing.T, file string) values {
	t.Helper()
	given, err := chartutil.ReadValuesFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return given
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const fleetHeading = `# Three replicas for a CI fleet, and an nginx that sends every world to one of them:
# kubectl apply --filename examples/fleet.yaml
# Its address is http://mockflared:8844. Rendered from charts/mockflared; see docs/kubernetes.md.
`

func TestTheChartRendersTheCommittedManifests(t *testing.T) {
	for _, example := range []struct{ values, file, heading string }{
		{"testdata/fleet.values.yaml", "../examples/fleet.yaml", fleetHeading},
		{"testdata/everything.values.yaml", "testdata/everything.yaml", ""},
	} {
		t.Run(example.file, func(t *testing.T) {
			rendered, err := render(readValues(t, example.values))
			if err != nil {
				t.Fatal(err)
			}
			rendered = example.heading + strings.TrimPrefix(rendered, "---\n")
			if *update {
				if err := os.WriteFile(example.file, []byte(rendered), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if read(t, example.file) != rendered {
				t.Error("the chart renders something else; run go test . -update in charts/")
			}
		})
	}
}

func TestLintFindsNoErrorInTheChart(t *testing.T) {
	for _, file := range []string{"testdata/fleet.values.yaml", "testdata/everything.values.yaml"} {
		for _, message := range lint.All(chartFolder, readValues(t, file), namespace, true).Messages {
			if message.Severity > support.InfoSev {
				t.Errorf("%s: %s", file, message)
			}
		}
	}
}

func TestTheValuesOnThePageAreValid(t *testing.T) {
	blocks := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```").FindAllStringSubmatch(read(t, "../docs/kubernetes.md"), -1)
	if len(blocks) < 3 {
		t.Fatal(blocks)
	}
	for _, block := range blocks {
		given, err := chartutil.ReadValues([]byte("controlToken: secret\n" + block[1]))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := render(given); err != nil {
			t.Errorf("%s\n%v", block[1], err)
		}
	}
}

func TestLargeNumbersStayWhole(t *testing.T) {
	given := values{"controlToken": "secret", "options": values{"journal_size": float64(1_000_000)}}
	rendered, err := render(given)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(rendered, `{ name: MOCKFLARED_JOURNAL_SIZE, value: "1000000" }`) {
		t.Error(rendered)
	}
}

func TestWrongValuesAreErrors(t *testing.T) {
	for name, example := range map[string]struct {
		given values
		want  string
	}{
		"no token":                {values{}, "set controlToken, or controlTokenSecret.name"},
		"an Ingress without host": {values{"controlToken": "secret", "ingress": values{"enabled": true}}, "set ingress.host"},
		"a monitor without metrics": {
			values{"controlToken": "secret", "metrics": values{"serviceMonitor": values{"enabled": true}}},
			"metrics.serviceMonitor requires metrics.enabled",
		},
		"an unknown value":         {values{"replicaCount": 3}, "additional properties 'replicaCount' not allowed"},
		"no replica":               {values{"replicas": 0}, "at '/replicas': minimum: got 0, want 1"},
		"an unknown option":        {values{"options": values{"world_idel": "2h"}}, "additional properties 'world_idel' not allowed"},
		"an option of the chart":   {values{"options": values{"db": "/data/x"}}, "additional properties 'db' not allowed"},
		"an option of wrong type":  {values{"options": values{"max_worlds": "many"}}, "at '/options/max_worlds': got string, want integer"},
		"a seed that is no text":   {values{"seeds": values{"10-shop.json": values{}}}, "got object, want string"},
		"a seed of another format": {values{"seeds": values{"10-shop.yaml": "{}"}}, "invalid propertyName '10-shop.yaml'"},
	} {
		t.Run(name, func(t *testing.T) {
			rendered, err := render(example.given)
			if err == nil || !strings.Contains(err.Error(), example.want) {
				t.Errorf("%v\n%s", err, rendered)
			}
		})
	}
}
