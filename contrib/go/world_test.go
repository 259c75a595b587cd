package mockflared_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	mockflared "github.com/mockflared/mockflared/contrib/go"
)

var ctx = context.Background()

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// request calls the emulated API as a client would, and returns status and result.
func request(world *mockflared.World, method, path, body string) (int, map[string]any) {
	url := fmt.Sprintf("%s/accounts/%s/cfd_tunnel%s", world.BaseURL, world.AccountID, path)
	request := must(http.NewRequest(method, url, strings.NewReader(body)))
	request.Header.Set("Authorization", "Bearer "+world.Token)
	response := must(http.DefaultClient.Do(request))
	defer response.Body.Close()
	var envelope struct {
		Result any `json:"result"`
	}
	content := must(io.ReadAll(response.Body))
	if err := json.Unmarshal(content, &envelope); err != nil {
		return response.StatusCode, nil
	}
	result, _ := envelope.Result.(map[string]any)
	return response.StatusCode, result
}

func create(world *mockflared.World, name string) string {
	_, tunnel := request(world, http.MethodPost, "", fmt.Sprintf(`{"name": %q}`, name))
	return tunnel["id"].(string)
}

func tunnelsIn(state json.RawMessage) []string {
	var content struct {
		Tunnels []struct{ Name string }
	}
	if err := json.Unmarshal(state, &content); err != nil {
		panic(err)
	}
	names := []string{}
	for _, tunnel := range content.Tunnels {
		names = append(names, tunnel.Name)
	}
	return names
}

func expect(t *testing.T, got, expected any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(expected) {
		t.Errorf("got %v, expected %v", got, expected)
	}
}

func TestWorldsOfParallelTestsAreIsolated(t *testing.T) {
	for _, name := range []string{"one", "another/with a name of its own"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := mockflared.NewWorld(t)
			create(world, "blog")
			expect(t, tunnelsIn(must(world.Client.State(ctx))), []string{"blog"})
		})
	}
}

func TestAWorldIsDeletedWhenItsTestEnds(t *testing.T) {
	var id string
	t.Run("short", func(t *testing.T) { id = mockflared.NewWorld(t).ID })

	var worlds []struct{ ID string }
	if err := must(mockflared.Server()).Call(ctx, http.MethodGet, "/worlds", nil, &worlds); err != nil {
		t.Fatal(err)
	}
	for _, world := range worlds {
		if world.ID == id {
			t.Errorf("%s is still there", id)
		}
	}
}

func TestAWorldThatItsTestDeletedIsNoError(t *testing.T) {
	world := mockflared.NewWorld(t)
	if err := world.Client.Call(ctx, http.MethodDelete, "/worlds/"+world.ID, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func TestAWorldStartsFromAState(t *testing.T) {
	state := json.RawMessage(`{"tunnels": [{"account_tag": "` + mockflared.AccountID + `", "name": "shop"}]}`)
	world := mockflared.NewWorld(t, mockflared.WithState(state))
	expect(t, tunnelsIn(must(world.Client.State(ctx))), []string{"shop"})

	if err := world.Client.Reset(ctx, "empty"); err != nil {
		t.Fatal(err)
	}
	expect(t, tunnelsIn(must(world.Client.State(ctx))), []string{})
}

func TestAWorldIsACopyOfAnother(t *testing.T) {
	world := mockflared.NewWorld(t)
	create(world, "blog")
	copied := mockflared.NewWorld(t, mockflared.OnServer(world.Client), mockflared.From("current"))
	expect(t, tunnelsIn(must(copied.Client.State(ctx))), []string{"blog"})
}

func TestALostConnectionHoldsTheDeleteBackForFiveMinutes(t *testing.T) {
	world := mockflared.NewWorld(t)
	tunnel := create(world, "blog")
	connector := must(world.Client.ConnectConnector(ctx, world.AccountID, tunnel, mockflared.ConnectOptions{Version: "2026.8.2"}))
	lost := must(world.Client.DisconnectConnector(ctx, world.AccountID, tunnel, connector.ID, mockflared.DisconnectOptions{Abrupt: true}))
	refused, _ := request(world, http.MethodDelete, "/"+tunnel, "")
	clock := must(world.Client.Advance(ctx, 5*time.Minute))
	deleted, _ := request(world, http.MethodDelete, "/"+tunnel, "")

	expect(t, []any{connector.TunnelStatus, connector.Version, len(connector.Connections)}, []any{"healthy", "2026.8.2", 4})
	expect(t, []any{lost.TunnelStatus, lost.Connections[0].State}, []any{"down", "pending"})
	expect(t, clock.Happened[0].Type, "connection_expired")
	expect(t, []int{refused, deleted}, []int{400, 200})
}

func TestAConnectorThatComesBackKeepsItsID(t *testing.T) {
	world := mockflared.NewWorld(t)
	tunnel := create(world, "blog")
	connector := must(world.Client.ConnectConnector(ctx, world.AccountID, tunnel, mockflared.ConnectOptions{Connections: 2}))
	must(world.Client.DisconnectConnector(ctx, world.AccountID, tunnel, connector.ID, mockflared.DisconnectOptions{Connections: 1}))
	back := must(world.Client.ReconnectConnector(ctx, world.AccountID, tunnel, connector.ID))
	all := must(world.Client.ListConnectors(ctx, world.AccountID, tunnel))

	expect(t, back.TunnelStatus, "healthy")
	expect(t, []any{len(all), all[0].ID}, []any{1, connector.ID})
}

func TestTheClockFreezesAdvancesMovesAndResumes(t *testing.T) {
	client := mockflared.NewWorld(t).Client
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	expect(t, must(client.Freeze(ctx, start)).Now, start)
	expect(t, must(client.Advance(ctx, 90*time.Second)).Now, start.Add(90*time.Second))
	expect(t, must(client.SetClock(ctx, start.AddDate(4, 0, 0))).Now, start.AddDate(4, 0, 0))
	expect(t, must(client.ResumeClock(ctx)).Frozen, false)
	expect(t, must(client.Freeze(ctx, time.Time{})).Frozen, true)
	expect(t, must(client.Clock(ctx)).NextDue == nil, true)
}

func TestAFaultActsUntilFaultsAreCleared(t *testing.T) {
	world := mockflared.NewWorld(t)
	again := 1
	fault := mockflared.Fault{
		Method: http.MethodPost,
		Times:  1,
		Effect: &mockflared.Effect{Error: &mockflared.ErrorEffect{Status: 429, Code: 971, RetryAfter: &again}},
	}
	must(world.Client.AddFault(ctx, fault))
	limited, _ := request(world, http.MethodPost, "", `{"name": "blog"}`)
	reports := must(world.Client.ListFaults(ctx))
	expect(t, limited, 429)
	expect(t, []any{reports[0].Method, reports[0].Hits, reports[0].Exhausted}, []any{"POST", 1, true})

	must(world.Client.AddFault(ctx, mockflared.Fault{Preset: "outage"}))
	if err := world.Client.ClearFaults(ctx); err != nil {
		t.Fatal(err)
	}
	status, _ := request(world, http.MethodGet, "", "")
	expect(t, status, 200)
}

func TestRequestsAreListedAndVerified(t *testing.T) {
	world := mockflared.NewWorld(t)
	create(world, "blog")
	request(world, http.MethodPost, "", `{"name": "blog", "colour": "red"}`)

	refused := must(world.Client.ListRequests(ctx, mockflared.RequestFilter{Method: http.MethodPost, Status: 409}))
	expect(t, []any{len(refused), refused[0].Unread}, []any{1, []string{"body.colour"}})

	none, twice := 0, 2
	body := map[string]string{"name": "blog"}
	met := must(world.Client.VerifyRequests(ctx, mockflared.Expectation{Body: body, Count: &mockflared.Count{Min: &twice}}))
	missed := must(world.Client.VerifyRequests(ctx, mockflared.Expectation{Body: body, Count: &mockflared.Count{Max: &none}}))
	expect(t, []any{met.Passed, met.Matched, missed.Passed}, []any{true, 2, false})
}

func TestTheEnvironmentNamesTheWorld(t *testing.T) {
	world := mockflared.NewWorld(t)
	environment := world.Env()
	expect(t, environment["CLOUDFLARE_BASE_URL"], world.BaseURL)
	expect(t, environment["CLOUDFLARE_ACCOUNT_ID"], world.AccountID)
}

func TestARefusalHasStatusCodeAndMessage(t *testing.T) {
	err := mockflared.NewWorld(t).Client.Reset(ctx, "no-such-state")
	var refusal *mockflared.ControlError
	if !errors.As(err, &refusal) || refusal.Status != 404 || refusal.Code != "not_found" {
		t.Errorf("got %v", err)
	}
}

func TestAnAnswerOfSomethingElseIsAnUnknownRefusal(t *testing.T) {
	world := mockflared.NewWorld(t)
	err := mockflared.NewClient(world.BaseURL+"/nowhere", "").Reset(ctx, "seed")
	var refusal *mockflared.ControlError
	if !errors.As(err, &refusal) || refusal.Code != "unknown" || !strings.Contains(err.Error(), "and no control plane") {
		t.Errorf("got %v", err)
	}
}
