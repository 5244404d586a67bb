import type { WebsiteHeadChangesSubscription, WebsitePageQuery } from '../../client/graphql'

export type PageData = NonNullable<WebsitePageQuery['website']>
export type Head = WebsiteHeadChangesSubscription['websiteChanged']['website']
export type Day = PageData['days'][number]
export type LatencyPoint = PageData['latencies'][number]
export type Verdict = PageData['verdicts']['edges'][number]['node']
export type Incident = PageData['incidents']['edges'][number]['node']
export type Window = PageData['maintenanceWindows'][number]
export type UptimeFigures = PageData['day']
