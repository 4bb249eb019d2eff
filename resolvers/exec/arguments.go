package exec

import "context"

// Coercion makes values of the arguments of a field, as the executor does.
type Coercion func(ctx context.Context, given map[string]any) (map[string]any, error)

// The arguments of fields that are answered without the executor too. Those of
// entities are the same for every kind.
var (
	EntityClaims         Coercion = coercing.field_Document_claims_args
	EntityNeighbors      Coercion = coercing.field_Document_neighbors_args
	EntityRelated        Coercion = coercing.field_Document_related_args
	EntityRelationCounts Coercion = coercing.field_Document_relationCounts_args
	QueryClaims          Coercion = coercing.field_Query_claims_args
	QueryEntities        Coercion = coercing.field_Query_entities_args
	QueryEntity          Coercion = coercing.field_Query_entity_args
	QueryNode            Coercion = coercing.field_Query_node_args
	QueryPaths           Coercion = coercing.field_Query_paths_args
	QuerySearch          Coercion = coercing.field_Query_search_args
	QuerySubgraph        Coercion = coercing.field_Query_subgraph_args
)

// coercing has no operation: arguments need none.
var coercing = &executionContext{}
