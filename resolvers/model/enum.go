package model

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/tripartite-graph/tripartite/graph"
)

// numbered is an enum of package graph: its values are numbered from 0 on.
type numbered interface {
	~uint8
	String() string
}

// write writes the name of an enum's value.
func write[E numbered](e E) graphql.Marshaler { return graphql.MarshalString(e.String()) }

// read finds the value with a name, among those from 0 to last.
func read[E numbered](v any, last E) (E, error) {
	name, ok := v.(string)
	var names []string
	for e := E(0); ok && e <= last; e++ {
		if e.String() == name {
			return e, nil
		}
		names = append(names, e.String())
	}
	return 0, graph.Errorf(graph.CodeInvalid, "%v is not one of %s", v, strings.Join(names, ", "))
}

// MarshalStance writes a stance.
func MarshalStance(e graph.Stance) graphql.Marshaler { return write(e) }

// UnmarshalStance reads a stance.
func UnmarshalStance(v any) (graph.Stance, error) { return read(v, graph.Withheld) }

// MarshalMode writes a mode.
func MarshalMode(e graph.Mode) graphql.Marshaler { return write(e) }

// UnmarshalMode reads a mode.
func UnmarshalMode(v any) (graph.Mode, error) { return read(v, graph.Hypothetical) }

// MarshalDateBasis writes the basis of a date.
func MarshalDateBasis(e graph.DateBasis) graphql.Marshaler { return write(e) }

// UnmarshalDateBasis reads the basis of a date.
func UnmarshalDateBasis(v any) (graph.DateBasis, error) { return read(v, graph.BasisDocument) }

// MarshalCapacity writes a capacity.
func MarshalCapacity(e graph.Capacity) graphql.Marshaler { return write(e) }

// UnmarshalCapacity reads a capacity.
func UnmarshalCapacity(v any) (graph.Capacity, error) { return read(v, graph.CapacityCurator) }

// MarshalNameRole writes the role of a name.
func MarshalNameRole(e graph.NameRole) graphql.Marshaler { return write(e) }

// UnmarshalNameRole reads the role of a name.
func UnmarshalNameRole(v any) (graph.NameRole, error) { return read(v, graph.NameDescription) }

// MarshalConflictKind writes the kind of a conflict.
func MarshalConflictKind(e graph.ConflictKind) graphql.Marshaler { return write(e) }

// UnmarshalConflictKind reads the kind of a conflict.
func UnmarshalConflictKind(v any) (graph.ConflictKind, error) { return read(v, graph.ConflictCurated) }

// MarshalConflictOrigin writes the origin of a conflict.
func MarshalConflictOrigin(e graph.ConflictOrigin) graphql.Marshaler { return write(e) }

// UnmarshalConflictOrigin reads the origin of a conflict.
func UnmarshalConflictOrigin(v any) (graph.ConflictOrigin, error) {
	return read(v, graph.OriginCurated)
}

// MarshalRole writes the part that an entity plays in a claim.
func MarshalRole(e graph.Role) graphql.Marshaler { return write(e) }

// UnmarshalRole reads the part that an entity plays in a claim.
func UnmarshalRole(v any) (graph.Role, error) { return read(v, graph.RoleSpeaker) }

// MarshalCertainty writes a certainty.
func MarshalCertainty(e graph.Certainty) graphql.Marshaler { return write(e) }

// UnmarshalCertainty reads a certainty.
func UnmarshalCertainty(v any) (graph.Certainty, error) { return read(v, graph.CertaintyCertain) }

// MarshalAspect writes how a relation lies in time.
func MarshalAspect(e graph.Aspect) graphql.Marshaler {
	if e == graph.State {
		return graphql.MarshalString("STATE")
	}
	return graphql.MarshalString("EVENT")
}

// UnmarshalAspect reads how a relation lies in time.
func UnmarshalAspect(v any) (graph.Aspect, error) {
	if v == "STATE" {
		return graph.State, nil
	}
	return graph.Happening, nil
}

// MarshalValueType writes the type of a value.
func MarshalValueType(e graph.Datatype) graphql.Marshaler { return graphql.MarshalString(string(e)) }

// UnmarshalValueType reads the type of a value.
func UnmarshalValueType(v any) (graph.Datatype, error) {
	s, err := graphql.UnmarshalString(v)
	return graph.Datatype(s), err
}

// MarshalDateTime writes a moment in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.MarshalString(t.UTC().Format(time.RFC3339Nano))
}

// UnmarshalDateTime reads a moment with its time zone.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, err := graphql.UnmarshalString(v)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, graph.Errorf(graph.CodeInvalid, "%q is no moment: write 2026-03-01T09:30:00Z", s)
	}
	return t, nil
}

// MarshalRelationKind writes a relation kind.
func MarshalRelationKind(k *graph.RelationKind) graphql.ContextMarshaler { return quoted(k.Enum) }

// UnmarshalRelationKind finds a relation kind in the ontology of the request.
func UnmarshalRelationKind(ctx context.Context, v any) (*graph.RelationKind, error) {
	for _, k := range FromContext(ctx).Ontology().Relations {
		if k.Enum == v {
			return k, nil
		}
	}
	return nil, graph.Errorf(graph.CodeInvalid, "%v is no RelationKind: relationKinds lists them", v)
}

// MarshalEntityKind writes a kind of entity.
func MarshalEntityKind(k *graph.EntityKind) graphql.ContextMarshaler { return quoted(k.Enum) }

// UnmarshalEntityKind finds a kind of entity in the ontology of the request.
func UnmarshalEntityKind(ctx context.Context, v any) (*graph.EntityKind, error) {
	for _, k := range FromContext(ctx).Ontology().Kinds {
		if k.Enum == v {
			return k, nil
		}
	}
	return nil, graph.Errorf(graph.CodeInvalid, "%v is no EntityKind: entityKinds lists them", v)
}

// quoted writes an enum's name as JSON.
func quoted(name string) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		_, err := fmt.Fprint(w, strconv.Quote(name))
		return err
	})
}

// MarshalClaimOrder writes an order of claims.
func MarshalClaimOrder(o graph.ClaimOrder) graphql.Marshaler { return write(o) }

// UnmarshalClaimOrder reads an order of claims.
func UnmarshalClaimOrder(v any) (graph.ClaimOrder, error) {
	return read(v, graph.ClaimsBySubjectDescending)
}

// MarshalEntityOrder writes an order of entities.
func MarshalEntityOrder(o graph.EntityOrder) graphql.Marshaler { return write(o) }

// UnmarshalEntityOrder reads an order of entities.
func UnmarshalEntityOrder(v any) (graph.EntityOrder, error) {
	return read(v, graph.EntitiesByRecordedDescending)
}

// MarshalNeighborOrder writes an order of neighbours.
func MarshalNeighborOrder(o graph.NeighborOrder) graphql.Marshaler { return write(o) }

// UnmarshalNeighborOrder reads an order of neighbours.
func UnmarshalNeighborOrder(v any) (graph.NeighborOrder, error) {
	return read(v, graph.NeighborsByClaimsDescending)
}

// MarshalViewAgreement writes how two views stand to a statement.
func MarshalViewAgreement(a graph.Agreement) graphql.Marshaler { return write(a) }

// UnmarshalViewAgreement reads how two views stand to a statement.
func UnmarshalViewAgreement(v any) (graph.Agreement, error) { return read(v, graph.Opposed) }

// MarshalChangeAction writes what a commit was for.
func MarshalChangeAction(a graph.Action) graphql.Marshaler { return graphql.MarshalString(string(a)) }

// UnmarshalChangeAction reads what a commit was for.
func UnmarshalChangeAction(v any) (graph.Action, error) {
	s, err := graphql.UnmarshalString(v)
	return graph.Action(s), err
}
