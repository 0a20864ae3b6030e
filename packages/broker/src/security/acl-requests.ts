/** Why requests about ACLs are refused, in Kafka's words. */
export const noAuthorizer = 'No Authorizer is configured on the broker'
/** The same of a change, which is the controller's business. */
export const noAuthorizerForChanges = 'No Authorizer is configured.'
export const tooManyChanges = 'Unable to perform excessively large batch operation.'
