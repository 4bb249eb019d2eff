// Package inorder does work side by side that must come out in order.
package inorder

import (
	"errors"
	"runtime"
	"sync"
)

// errStopped ends a producer of whose work nothing more is wanted.
var errStopped = errors.New("stopped")

// Do does work on what is produced, some pieces at once, and hands the
// results over in the order of the pieces. It returns once the producer and
// all work have ended, with the error of take, else with that of the producer:
// what was produced before it failed is handed over. A few pieces for each
// processor are in memory at a time.
func Do[T, R any](produce func(yield func(T) error) error, work func(T) R, take func(R) error) error {
	type job struct {
		piece  T
		result chan R
	}
	workers := runtime.GOMAXPROCS(0)
	queue, todo, stopped := make(chan job, workers), make(chan job), make(chan struct{})
	var wait sync.WaitGroup
	var failed error
	wait.Go(func() {
		defer close(queue)
		defer close(todo)
		failed = produce(func(piece T) error {
			j := job{piece, make(chan R, 1)}
			for _, to := range []chan job{queue, todo} {
				select {
				case to <- j:
				case <-stopped:
					return errStopped
				}
			}
			return nil
		})
	})
	for range workers {
		wait.Go(func() {
			for j := range todo {
				j.result <- work(j.piece)
			}
		})
	}
	var err error
	for j := range queue {
		if err = take(<-j.result); err != nil {
			break
		}
	}
	close(stopped)
	wait.Wait()
	if err == nil {
		err = failed
	}
	return err
}
