package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram makes the test's own binary the program: a process of its own,
// with its own signals.
const asProgram = "TEST_RUNS_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestProgram starts the whole program on a free port with the corpus, asks a
// query, and ends it as a service manager would.
func TestProgram(t *testing.T) {
	store := "file:" + filepath.Join(t.TempDir(), "store")
	for run, wantSeeding := range []bool{true, false} {
		program := exec.Command(os.Args[0], "serve", "--addr", "127.0.0.1:0", "--store", store)
		program.Env = append(os.Environ(), asProgram+"=1")
		said, err := program.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		url, seeded := "", false
		for lines := bufio.NewScanner(said); url == "" && lines.Scan(); {
			seeded = seeded || strings.HasPrefix(lines.Text(), "writing")
			if _, rest, ok := strings.Cut(lines.Text(), "serving "); ok {
				url, _, _ = strings.Cut(rest, " ")
			}
		}
		if url == "" || seeded != wantSeeding {
			t.Fatalf("run %d: serving %q, seeded %v", run, url, seeded)
		}
		if n := documents(t, url); n < 2 {
			t.Errorf("run %d: %d documents", run, n)
		}
		if err := program.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		stuck := time.AfterFunc(20*time.Second, func() { _ = program.Process.Kill() })
		if err := program.Wait(); err != nil {
			t.Errorf("run %d: %v after SIGTERM", run, err)
		}
		stuck.Stop()
	}
}

// documents asks how many documents a server has.
func documents(t *testing.T, url string) int {
	t.Helper()
	response, err := http.Post(url+"/graphql", "application/json", strings.NewReader(`{"query":"{ documents { totalCount } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var reply struct {
		Data struct{ Documents struct{ TotalCount int } }
	}
	if err := json.NewDecoder(response.Body).Decode(&reply); err != nil {
		t.Fatal(err)
	}
	return reply.Data.Documents.TotalCount
}
