package mockflared

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Client drives the control plane of a world.
type Client struct {
	url   string
	token string
}

// NewClient returns the control plane of the main world of a server. url is the address of the
// server, such as http://127.0.0.1:8844; the base URL of an SDK works too. token is the control token
// of the server; empty if it has none.
func NewClient(url, token string) *Client {
	url = strings.TrimSuffix(strings.TrimRight(url, "/"), "/client/v4")
	return &Client{url: url + "/_mockflared", token: token}
}

// ControlError is what the control plane refused.
type ControlError struct {
	// Status is the HTTP status.
	Status int `json:"-"`
	// Code is such as invalid, forbidden, not_found, gone or refused; unknown if the answer is not from a
	// control plane.
	Code string `json:"code"`
	// Message says what is wrong.
	Message string `json:"message"`
}

// Error returns the code and the message.
func (e *ControlError) Error() string {
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

// Call calls any operation of the control plane: path is below /_mockflared. A body is sent as JSON,
// and the answer is decoded into result unless that is nil. A refusal is a [*ControlError].
func (c *Client) Call(ctx context.Context, method, path string, body, result any) error {
	request, err := c.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= http.StatusBadRequest {
		return errorIn(content, response)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(content, result)
}

func (c *Client) request(ctx context.Context, method, path string, body any) (*http.Request, error) {
	var content io.Reader
	if method != http.MethodGet {
		if body == nil {
			body = struct{}{}
		}
		encoded, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	return request, nil
}

func errorIn(content []byte, response *http.Response) *ControlError {
	var answer struct {
		Error *ControlError `json:"error"`
	}
	if json.Unmarshal(content, &answer) != nil || answer.Error == nil {
		message := fmt.Sprintf("%s answered %d, and no control plane", response.Request.URL, response.StatusCode)
		answer.Error = &ControlError{Code: "unknown", Message: message}
	}
	answer.Error.Status = response.StatusCode
	return answer.Error
}
