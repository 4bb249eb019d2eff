// What a Relay application asks: paged lists, refetched by node(id:).
import { graphql } from "relay-runtime";

graphql`
  query peopleQuery($first: Int!, $after: String) {
    ...people_list @arguments(first: $first, after: $after)
  }
`;

graphql`
  fragment people_list on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "peoplePageQuery") {
    people(first: $first, after: $after) @connection(key: "people_people") {
      edges {
        node {
          id
          name
          ...people_convictions
        }
      }
    }
  }
`;

graphql`
  fragment people_convictions on Person
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" })
  @refetchable(queryName: "peopleConvictionsQuery") {
    convictedBy(first: $first, after: $after) @connection(key: "people_convictedBy") {
      edges {
        node { id name }
        claims { id date evidence { paragraph document { title } } }
      }
    }
    claims(first: 5, orderBy: DATE_DESC) { nodes { id relation } }
  }
`;

graphql`
  subscription peopleChangesSubscription($after: String) {
    changes(after: $after) { cursor missed batches { id } }
  }
`;
