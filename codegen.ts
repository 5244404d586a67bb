import type { CodegenConfig } from '@graphql-codegen/cli'

const CLIENT = {
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    // Documents are sent as text, so neither needs a GraphQL parser.
    documentMode: 'string',
    useTypeImports: true,
    enumsAsTypes: true,
    skipTypename: true,
    onlyOperationTypes: true,
    avoidOptionals: { field: true },
    strictScalars: true,
    defaultScalarType: 'unknown',
    scalars: { BigInt: 'string', DateTime: 'string', Hash: 'string', PublicKey: 'string', Signature: 'string' },
  },
} as const

/** The typed documents of the agent and of the pages, from the printed schema. What it writes is committed. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'src/agent/client/': {
      ...CLIENT,
      documents: 'src/agent/**/*.graphql',
      config: { ...CLIENT.config, importExtension: '.js' },
    },
    'web/client/': {
      ...CLIENT,
      documents: 'web/documents/*.graphql',
      config: { ...CLIENT.config, importExtension: '' },
    },
  },
}

export default config
