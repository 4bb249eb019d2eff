// Package conformance tests the whole service as others meet it: hostile
// documents, the catalogue of error codes, and clients and tools from npm.
package conformance
