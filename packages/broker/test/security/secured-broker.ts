import { AclOperation, AclPermissionType, PatternType, ResourceType } from '@streamwright/protocol'
import type { CreateAclsRequestAclCreation } from '@streamwright/protocol/messages/create-acls'
import type { DescribeAclsRequest } from '@streamwright/protocol/messages/describe-acls'
import type { BrokerOptions } from '../../src/index.ts'
import { ProtocolClient } from '../support/protocol-client.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { testBroker } from '../support/test-broker.ts'

/** A broker with an authorizer, whose super user is `admin`. */
export interface SecuredBroker extends Omit<TestBroker, 'client' | 'connect'> {
  readonly admin: ProtocolClient
  /** A connection that speaks for `User:name`. */
  readonly connect: (name: string) => ProtocolClient
}

export async function securedBroker(
  context: Parameters<typeof testBroker>[0],
  options: Omit<BrokerOptions, 'environment'> = {},
): Promise<SecuredBroker> {
  const settings = {
    authorizerClassName: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    superUsers: 'User:admin',
    ...options.settings,
  }
  const { broker, environment } = await testBroker(context, { ...options, settings })
  const connect = (name: string): ProtocolClient => new ProtocolClient(broker.connect(name))
  return { broker, environment, admin: connect('admin'), connect }
}

type AclCreation = Omit<CreateAclsRequestAclCreation, 'unknownTags'>

/** A rule as CreateAcls takes it: `User:a` may read topic `t` from everywhere, but for what is said otherwise. */
export function aclOf(changes: Partial<AclCreation>): AclCreation {
  return {
    resourceType: ResourceType.TOPIC,
    resourceName: 't',
    resourcePatternType: PatternType.LITERAL,
    principal: 'User:a',
    host: '*',
    operation: AclOperation.READ,
    permissionType: AclPermissionType.ALLOW,
    ...changes,
  }
}

/** A filter that means all rules. */
export const everyAcl: Omit<DescribeAclsRequest, 'unknownTags'> = {
  resourceTypeFilter: ResourceType.ANY,
  resourceNameFilter: null,
  patternTypeFilter: PatternType.ANY,
  principalFilter: null,
  hostFilter: null,
  operation: AclOperation.ANY,
  permissionType: AclPermissionType.ANY,
}
