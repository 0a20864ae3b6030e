/** Why requests about ACLs are refused, in Kafka's words. */
export const noAuthorizer = 'No Authorizer is configured on the broker'
export const tooManyChanges = 'Unable to perform excessively large batch operation.'
