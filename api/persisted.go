package api

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// cached is how many documents are kept, parsed or by their hashes.
const cached = 200

// persistedQueries are the automatic ones of Apollo: a client sends the
// SHA-256 of a document, and the document itself only where the server does
// not know it (https://www.apollographql.com/docs/apollo-server/performance/apq).
type persistedQueries struct {
	extension.AutomaticPersistedQuery
}

func newPersisted(most int) persistedQueries {
	return persistedQueries{extension.AutomaticPersistedQuery{Cache: smallEnough{lru.New[string](cached), most}}}
}

// MutateOperationParameters implements graphql.OperationParameterMutator.
func (p persistedQueries) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	err := p.AutomaticPersistedQuery.MutateOperationParameters(ctx, params)
	if err != nil && err.Extensions["code"] == nil {
		errcode.Set(err, string(CodeBadRequest))
	}
	return err
}

// smallEnough keeps the documents that may be run: others would fill memory.
type smallEnough struct {
	graphql.Cache[string]
	most int // bytes of a document
}

// Add implements graphql.Cache.
func (c smallEnough) Add(ctx context.Context, hash, document string) {
	if len(document) <= c.most {
		c.Cache.Add(ctx, hash, document)
	}
}
