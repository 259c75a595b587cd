package envtest

import (
	"os"
	"testing"

	mockflared "github.com/mockflared/mockflared/contrib/go"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
)

func TestTheOperatorMakesATunnel(t *testing.T) {
	if os.Getenv("KUBEBUILDER_ASSETS") == "" {
		t.Skip("SKIPPED: KUBEBUILDER_ASSETS is not set; see setup-envtest")
	}
	cluster := &envtest.Environment{}
	config, err := cluster.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Stop() })
	kubernetes, err := client.New(config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}

	// The operator of this test reads its credentials from a Secret.
	world := mockflared.NewWorld(t)
	credentials := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: "cloudflare", Namespace: "default"},
		StringData: world.Env(),
	}
	if err := kubernetes.Create(t.Context(), credentials); err != nil {
		t.Fatal(err)
	}

	// Start your manager with config, and create the resource that it watches. Then:
	requests, err := world.Client.ListRequests(t.Context(), mockflared.RequestFilter{Method: "POST"})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(requests)
}
