/** Imported first: as graphql-js loads, it decides whether to look for a second copy of itself, which costs 10 %. */
// eslint-disable-next-line node/no-process-env -- must stand before anything else is loaded
process.env['NODE_ENV'] ??= 'production'
