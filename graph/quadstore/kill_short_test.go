//go:build !soak

package quadstore_test

import "time"

// killTime is how long TestKill goes on; with -tags soak, for long and with a
// million quads.
const killTime = 5 * time.Second

var killBatches = []killBatch{{"small", 500}, {"large", 4000}}
