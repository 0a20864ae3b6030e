/**
 * `'4'`: one version. `'4-12'`: a closed range. `'4+'`: from 4 to the newest version of the message.
 */
export type Versions = `${number}` | `${number}-${number}` | `${number}+`

export type PrimitiveType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'float64'
  | 'uuid'
  | 'string'
  | 'bytes'
  | 'records'

/** What a name or a number refers to. */
export type Entity = 'topicName' | 'groupId' | 'transactionalId' | 'producerId' | 'brokerId'

export interface FieldDefinition {
  readonly name: string
  /** A {@link PrimitiveType}, the name of a struct, or `[]` and one of these. */
  readonly type: string
  readonly versions: Versions
  /** In which versions null is allowed; `true` = in all that have the field. Absent = in none. */
  readonly nullable?: true | Versions
  /** A tagged field: written at the end, and only when it differs from its default. */
  readonly tag?: number
  /** Absent = the zero value: 0, false, an empty string, array or bytes, the zero UUID, a struct of defaults. */
  readonly default?: null | boolean | number | bigint
  /** A value is dropped when it is written in a version without the field. Otherwise that is refused. */
  readonly ignorable?: true
  /** The elements of the array around it are looked up by this field. */
  readonly mapKey?: true
  /** Keeps the lengths of old versions also in flexible ones. */
  readonly flexible?: false
  readonly entity?: Entity
  /** The fields, when the type is a struct or an array of structs. */
  readonly fields?: readonly FieldDefinition[]
}

/** Who offers an API: a broker to clients, a controller to brokers, or both. */
export type Listener = 'broker' | 'controller'

/** A request and its response. Both have the same versions. */
export interface ApiDefinition {
  readonly key: number
  readonly name: string
  /** All versions that the codec knows. */
  readonly versions: Versions
  /** Versions with compact lengths and tagged fields. Absent = none. */
  readonly flexible?: Versions
  /** The newest version is still being worked on, and a broker does not offer it. */
  readonly latestUnstable?: true
  /** What a broker claims in ApiVersions, where that is not the stable versions. */
  readonly advertised?: Versions
  readonly listeners: readonly Listener[]
  /** Only for members of the cluster. */
  readonly clusterAction?: true
  /** A broker passes the request on to the controller. */
  readonly forwardable?: true
  readonly request: readonly FieldDefinition[]
  readonly response: readonly FieldDefinition[]
}

export type MessageKind = 'header' | 'data' | 'coordinator-key' | 'coordinator-value' | 'metadata'

/** A message that is not a request or a response. */
export interface MessageDefinition {
  readonly name: string
  readonly kind: MessageKind
  /** The number before the body in a record's key: coordinator records. */
  readonly recordType?: number
  /** The number before the body in a record's value: metadata records. */
  readonly recordId?: number
  readonly versions: Versions
  /** Versions with compact lengths and tagged fields. Absent = none. */
  readonly flexible?: Versions
  readonly fields: readonly FieldDefinition[]
}
