import type { Builder } from '../graph/builder.js'
import { addNodeQueries, nodeKind } from '../graph/node.js'
import { findOwnIncidents } from '../incident/find-own-incidents.js'
import type { IncidentRef } from '../incident/incident-type.js'
import { findOwnWindows } from '../maintenance/find-own-windows.js'
import type { WindowRef } from '../maintenance/window-type.js'
import { findOwnTokens } from '../owner/find-own-tokens.js'
import { findSelf } from '../owner/find-self.js'
import type { OwnerRefs } from '../owner/owner-type.js'
import { findValidators } from '../validator/find-validators.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { findOwnWebhooks } from '../notice/find-own-webhooks.js'
import type { WebhookRef } from '../notice/webhook-type.js'
import { findOwnWebsites } from '../website/find-own-websites.js'
import type { WebsiteRef } from '../website/website-type.js'

interface Refs extends OwnerRefs {
  website: WebsiteRef
  maintenanceWindow: WindowRef
  validator: ValidatorRef
  webhook: WebhookRef
  incident: IncidentRef
}

export function addNodes(builder: Builder, refs: Refs): void {
  addNodeQueries(builder, [
    nodeKind(refs.user, { table: 'User', audience: 'OWNER', find: findSelf }),
    nodeKind(refs.apiToken, { table: 'ApiToken', audience: 'OWNER', find: findOwnTokens }),
    nodeKind(refs.website, { table: 'Website', audience: 'OWNER', find: findOwnWebsites }),
    nodeKind(refs.maintenanceWindow, { table: 'MaintenanceWindow', audience: 'OWNER', find: findOwnWindows }),
    nodeKind(refs.validator, { table: 'Validator', audience: 'OWNER_OR_OPERATOR', find: findValidators }),
    nodeKind(refs.webhook, { table: 'Channel', audience: 'OWNER', find: findOwnWebhooks }),
    nodeKind(refs.incident, { table: 'Incident', audience: 'OWNER', find: findOwnIncidents }),
  ])
}
