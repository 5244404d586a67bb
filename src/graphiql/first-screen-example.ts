/** What a dashboard shows first. */
export const FIRST_SCREEN = `# The first screen of a dashboard in one document:
# how many are up, and of each website its status,
# the last rounds as bars, three uptimes and a point
# for each of the last 90 days.

query FirstScreen {
  websites(first: 50, orderBy: NAME) {
    counts { total good bad unknown disabled }
    edges {
      node {
        id
        name
        status
        openIncident { id startedAt }
        recentVerdicts(last: 45) { roundAt status }
        d1: uptime(over: { window: LAST_24_HOURS }) {
          ratio
        }
        d30: uptime(over: { window: LAST_30_DAYS }) {
          ratio
        }
        d90: uptime(over: { window: LAST_90_DAYS }) {
          ratio
        }
        days: history(
          over: { window: LAST_90_DAYS }
          resolution: DAY
        ) { from ratio badMs }
      }
    }
    pageInfo { endCursor hasNextPage }
  }
}
`
