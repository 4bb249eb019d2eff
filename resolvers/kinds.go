package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// People is the resolver for the people field.
func (r *queryResolver) People(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.PersonConnection, error) {
	return listed[*model.PersonConnection](ctx, "PERSON", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Unions is the resolver for the unions field.
func (r *queryResolver) Unions(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.UnionConnection, error) {
	return listed[*model.UnionConnection](ctx, "UNION", filter, orderBy, view, model.Paging(first, after, last, before))
}

// EmployersOrganizations is the resolver for the employersOrganizations field.
func (r *queryResolver) EmployersOrganizations(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.EmployersOrganizationConnection, error) {
	return listed[*model.EmployersOrganizationConnection](ctx, "EMPLOYERS_ORGANIZATION", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Companies is the resolver for the companies field.
func (r *queryResolver) Companies(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.CompanyConnection, error) {
	return listed[*model.CompanyConnection](ctx, "COMPANY", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Courts is the resolver for the courts field.
func (r *queryResolver) Courts(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.CourtConnection, error) {
	return listed[*model.CourtConnection](ctx, "COURT", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Authorities is the resolver for the authorities field.
func (r *queryResolver) Authorities(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.AuthorityConnection, error) {
	return listed[*model.AuthorityConnection](ctx, "AUTHORITY", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Laws is the resolver for the laws field.
func (r *queryResolver) Laws(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.LawConnection, error) {
	return listed[*model.LawConnection](ctx, "LAW", filter, orderBy, view, model.Paging(first, after, last, before))
}

// IloBodies is the resolver for the iloBodies field.
func (r *queryResolver) IloBodies(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.IloBodyConnection, error) {
	return listed[*model.IloBodyConnection](ctx, "ILO_BODY", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Organizations is the resolver for the organizations field.
func (r *queryResolver) Organizations(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.OrganizationConnection, error) {
	return listed[*model.OrganizationConnection](ctx, "ORGANIZATION", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Countries is the resolver for the countries field.
func (r *queryResolver) Countries(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.CountryConnection, error) {
	return listed[*model.CountryConnection](ctx, "COUNTRY", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Places is the resolver for the places field.
func (r *queryResolver) Places(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.PlaceConnection, error) {
	return listed[*model.PlaceConnection](ctx, "PLACE", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Events is the resolver for the events field.
func (r *queryResolver) Events(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return listed[*model.EventConnection](ctx, "EVENT", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Cases is the resolver for the cases field.
func (r *queryResolver) Cases(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.CaseConnection, error) {
	return listed[*model.CaseConnection](ctx, "CASE", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Agreements is the resolver for the agreements field.
func (r *queryResolver) Agreements(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.AgreementConnection, error) {
	return listed[*model.AgreementConnection](ctx, "AGREEMENT", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Documents is the resolver for the documents field.
func (r *queryResolver) Documents(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.DocumentConnection, error) {
	return listed[*model.DocumentConnection](ctx, "DOCUMENT", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Groups is the resolver for the groups field.
func (r *queryResolver) Groups(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.GroupConnection, error) {
	return listed[*model.GroupConnection](ctx, "GROUP", filter, orderBy, view, model.Paging(first, after, last, before))
}

// Topics is the resolver for the topics field.
func (r *queryResolver) Topics(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.TopicConnection, error) {
	return listed[*model.TopicConnection](ctx, "TOPIC", filter, orderBy, view, model.Paging(first, after, last, before))
}
