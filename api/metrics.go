package api

import (
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/tripartite-graph/tripartite/graph"
)

// metrics counts what the service does, in Prometheus' form.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	running  prometheus.Gauge
}

func newMetrics(store graph.Store) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tripartite_requests_total", Help: "Requests by route, method and status.",
		}, []string{"route", "method", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tripartite_request_seconds", Help: "How long requests took, by route; streams too.",
			Buckets: prometheus.ExponentialBuckets(0.001, 4, 8),
		}, []string{"route"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tripartite_requests_running", Help: "Requests and streams that are being answered.",
		}),
	}
	sequence := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "tripartite_store_sequence", Help: "The sequence of the newest commit.",
	}, func() float64 { return float64(store.Latest()) })
	m.registry.MustRegister(m.requests, m.seconds, m.running, sequence,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// count measures every request under the first segment of its path: routes
// are few, ids are not, and what counts each is made once.
func (m *metrics) count(next http.Handler) http.Handler {
	byRoute := map[string]http.Handler{}
	for _, r := range routes {
		route := prometheus.Labels{"route": r}
		byRoute[r] = promhttp.InstrumentHandlerInFlight(m.running,
			promhttp.InstrumentHandlerDuration(m.seconds.MustCurryWith(route),
				promhttp.InstrumentHandlerCounter(m.requests.MustCurryWith(route), next)))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		counting, ok := byRoute[first]
		if !ok {
			counting = byRoute[otherRoute]
		}
		counting.ServeHTTP(w, r)
	})
}

// otherRoute stands for all that has no route of its own.
const otherRoute = "other"

var routes = []string{"graphql", "graphiql", "quads", "id", "healthz", "readyz", "metrics", "context.jsonld", otherRoute}
