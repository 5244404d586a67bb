/**
 * Imported first: graphql-js decides as it is loaded whether to look for a second copy of itself at every type it
 * meets, which costs a tenth of the hub's time.
 */
// eslint-disable-next-line node/no-process-env -- must stand before anything else is loaded
process.env['NODE_ENV'] ??= 'production'
