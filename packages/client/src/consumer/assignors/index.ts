export type {
  AssignmentMetadata,
  Assignor,
  GroupMetadata,
  MemberAssignment,
  MemberSubscription,
  RebalanceProtocol,
} from './assignor.ts'
export { cooperativeStickyAssignor } from './cooperative-sticky.ts'
export { assignorByName, assignorNames } from './named-assignors.ts'
export { rangeAssignor } from './range.ts'
export { roundRobinAssignor } from './round-robin.ts'
export { stickyAssignor } from './sticky.ts'
