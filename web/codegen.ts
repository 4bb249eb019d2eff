import type { CodegenConfig } from '@graphql-codegen/cli'

// Types of the queries in src/api/*.graphql, from the schema beside this folder.
// The file is written by every build and is not kept: it cannot grow stale.
const config: CodegenConfig = {
  schema: '../schema/*.graphql',
  documents: 'src/api/*.graphql',
  generates: {
    'src/api/generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        enumType: 'string-literal',
        useTypeImports: true,
        skipTypename: true,
        mergeFragmentTypes: true,
        inlineFragmentTypes: 'inline',
        scalars: { IRI: 'string', EDTF: 'string', DateTime: 'string', ID: 'string' },
      },
    },
  },
}
export default config
