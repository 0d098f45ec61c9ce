// Tests the application with one server. Each test has an account of its own, so all of them run at the same time.
//
//	go mod tidy && go test
//
// The program personalize-local must be in PATH. If PERSONALIZE_LOCAL_ENDPOINT is set, it is the address of a server
// that runs already, such as the service of a CI job.
package nightly

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/personalize"
)

const fixtures = `{"solutionVersion": {
	"solutionVersionArn": "arn:aws:personalize:us-east-1:000000000000:solution/movies/0a1b2c3d"}}`

var endpoint = os.Getenv("PERSONALIZE_LOCAL_ENDPOINT")

func TestMain(m *testing.M) {
	if endpoint != "" {
		os.Exit(m.Run())
	}
	// Jobs take an hour of the service. Its clock moves only when the application pauses. The server ends with its
	// stdin, also if the tests are killed.
	server := exec.Command("personalize-local", "--port", "0", "--end-with", "stdin", "--clock", "frozen",
		"--in-progress", "1h", "--fixtures-json", fixtures, "--log-level", "warn")
	server.Stderr = os.Stderr
	input, _ := server.StdinPipe()
	output, _ := server.StdoutPipe()
	if err := server.Start(); err != nil {
		log.Fatal(err)
	}
	line, _ := bufio.NewReader(output).ReadString('\n')
	ready := regexp.MustCompile(`ready on (\S+)`).FindStringSubmatch(line)
	if ready == nil {
		log.Fatal("personalize-local did not start")
	}
	endpoint = ready[1]
	code := m.Run()
	input.Close()
	server.Wait()
	os.Exit(code)
}

// A tenant is an account with its own copy of the fixtures, and its own clock and rules.
type tenant struct {
	t       *testing.T
	account string
	client  *personalize.Client
}

func newTenant(t *testing.T, account string) tenant {
	t.Parallel()
	client := personalize.New(personalize.Options{
		Region:           "us-east-1",
		Credentials:      credentials.NewStaticCredentialsProvider(account, "local", ""),
		EndpointResolver: personalize.EndpointResolverFromURL(endpoint), // in newer versions BaseEndpoint: &endpoint
	})
	tenant := tenant{t, account, client}
	tenant.call("reset", "")
	return tenant
}

func (tenant tenant) arn(resource string) string {
	return fmt.Sprintf("arn:aws:personalize:us-east-1:%s:%s", tenant.account, resource)
}

// call makes a call under /_local/ for this account.
func (tenant tenant) call(path, body string) {
	tenant.t.Helper()
	url := fmt.Sprintf("%s/_local/%s?account=%s", endpoint, path, tenant.account)
	answer, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		tenant.t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode >= 400 {
		tenant.t.Fatalf("%s: %s", path, answer.Status)
	}
}

// run starts the job and waits for it. The clock of the account moves while the application pauses.
func (tenant tenant) run() error {
	ctx := context.Background()
	if err := StartJob(ctx, tenant.client, "nightly", tenant.arn("solution/movies/0a1b2c3d")); err != nil {
		return err
	}
	_, err := WaitForJob(ctx, tenant.client, tenant.arn("batch-inference-job/nightly"), func(pause time.Duration) {
		tenant.call("clock/advance", fmt.Sprintf(`{"by": "%dms"}`, pause.Milliseconds()))
	})
	return err
}

func TestTheJobIsPolledUntilItIsActive(t *testing.T) {
	if err := newTenant(t, "111111111111").run(); err != nil {
		t.Fatal(err)
	}
}

func TestTheJobFailsWithTheReasonOfTheService(t *testing.T) {
	tenant := newTenant(t, "222222222222")
	tenant.call("rules", `{"match": {"jobName": "nightly"},
		"lifecycle": {"outcome": "CREATE FAILED", "failureReason": "Invalid S3 input path"}}`)
	if err := tenant.run(); err == nil || err.Error() != "Invalid S3 input path" {
		t.Fatal(err)
	}
}

func TestTheJobIsGivenUpAfterSixHours(t *testing.T) {
	tenant := newTenant(t, "333333333333")
	tenant.call("rules", `{"match": {"jobName": "nightly"}, "lifecycle": {"inProgress": "7h"}}`)
	if err := tenant.run(); !errors.Is(err, ErrGivenUp) {
		t.Fatal(err)
	}
}

func TestTheJobIsStartedOnceEvenIfTheAnswerGetsLost(t *testing.T) {
	tenant := newTenant(t, "444444444444")
	tenant.call("rules", `{"match": {"operation": "Create*"}, "times": 1, "connection": "reset"}`)
	if err := tenant.run(); err != nil {
		t.Fatal(err)
	}
}
