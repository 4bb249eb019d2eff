package resolvers

// Resolver is the root of the fields of Query. Its state is the request's, and
// travels in the context.
type Resolver struct{}
