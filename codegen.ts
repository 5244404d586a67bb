import type { CodegenConfig } from '@graphql-codegen/cli'

/** The agent's typed documents, from the printed schema: `npx graphql-codegen --config codegen.ts`. What it writes is committed. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'src/agent/**/*.graphql',
  generates: {
    'src/agent/client/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // Documents are sent as text, so the agent needs no GraphQL parser.
        documentMode: 'string',
        importExtension: '.js',
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        onlyOperationTypes: true,
        avoidOptionals: { field: true },
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: { BigInt: 'string', DateTime: 'string', Hash: 'string', PublicKey: 'string', Signature: 'string' },
      },
    },
  },
}

export default config
