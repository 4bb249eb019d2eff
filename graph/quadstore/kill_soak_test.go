//go:build soak

package quadstore_test

import "time"

const killTime = 10 * time.Minute

var killBatches = []killBatch{{"small", 800}, {"large", 220_000}}
