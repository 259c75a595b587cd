package mockflared

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestInAProcessOfItsOwn is what the other tests run in a child process.
func TestInAProcessOfItsOwn(t *testing.T) {
	if os.Getenv("MOCKFLARED_CHILD") == "" {
		t.Skip("runs as a child of the other tests")
	}
	url, _, _ := strings.Cut(NewWorld(t).BaseURL, "/w/")
	os.Stdout.WriteString("url " + url + "\n")
	if os.Getenv("MOCKFLARED_CHILD") == "killed" {
		process, _ := os.FindProcess(os.Getpid())
		_ = process.Kill()
		time.Sleep(time.Minute)
	}
}

func child(t *testing.T, how string, environment ...string) (url, output string) {
	t.Helper()
	process := exec.Command(os.Args[0], "-test.run=^TestInAProcessOfItsOwn$", "-test.v")
	process.Env = append(os.Environ(), append(environment, "MOCKFLARED_CHILD="+how)...)
	printed, _ := process.CombinedOutput()
	_, rest, _ := strings.Cut(string(printed), "url ")
	url, _, _ = strings.Cut(rest, "\n")
	return url, string(printed)
}

func answers(url string) bool {
	response, err := http.Get(url + "/healthz")
	if err != nil {
		return false
	}
	response.Body.Close()
	return true
}

func TestTheServerStopsWhenItsProcessEndsOrIsKilled(t *testing.T) {
	for _, how := range []string{"ends", "killed"} {
		t.Run(how, func(t *testing.T) {
			url, output := child(t, how)
			if url == "" {
				t.Fatal(output)
			}
			for deadline := time.Now().Add(10 * time.Second); answers(url); time.Sleep(20 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("%s still answers", url)
				}
			}
		})
	}
}

func TestMOCKFLARED_URLNamesARunningServer(t *testing.T) {
	url, _, _ := strings.Cut(NewWorld(t).BaseURL, "/w/")
	for _, name := range []string{url, url + "/", url + "/client/v4"} {
		if used, output := child(t, "ends", "MOCKFLARED_URL="+name, "MOCKFLARED_COMMAND=false"); used != url {
			t.Errorf("%s: %s", name, output)
		}
	}
}

func TestAServerWithAControlTokenIsDrivenWithTheTokenOfTheEnvironment(t *testing.T) {
	if url, output := child(t, "ends", "MOCKFLARED_CONTROL_TOKEN=of-this-server"); url == "" {
		t.Error(output)
	}
}

func TestWithoutAServerATestFailsWithTheReasonAndWhatToDo(t *testing.T) {
	for name, test := range map[string]struct{ variable, reason string }{
		"nobody":     {"MOCKFLARED_URL=http://127.0.0.1:1", "no control plane answers at MOCKFLARED_URL=http://127.0.0.1:1"},
		"no program": {"MOCKFLARED_COMMAND=no-such-program", "or start a server and name its URL in MOCKFLARED_URL"},
		"early end":  {"MOCKFLARED_COMMAND=sh -c 'echo why not; exit 3'", "(exit status 3): why not"},
	} {
		t.Run(name, func(t *testing.T) {
			_, output := child(t, "ends", test.variable)
			if !strings.Contains(output, "--- FAIL: TestInAProcessOfItsOwn") || !strings.Contains(output, test.reason) {
				t.Error(output)
			}
		})
	}
}

func TestAServerThatIsNotReadyInTimeIsAnError(t *testing.T) {
	_, err := startServer("sh -c 'echo later; sleep 60'", 300*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "was not ready after 300ms: later") {
		t.Error(err)
	}
}
