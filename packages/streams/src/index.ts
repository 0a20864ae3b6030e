export type {
  CustomSerdeOptions,
  Deserializer,
  Header,
  Headers,
  JsonSerdes,
  OptionalShape,
  Serde,
  SerdeValue,
  Serialized,
  Serializer,
  Shape,
  ShapeBuilder,
  ShapeFields,
  ShapeLike,
  ShapeType,
  StandardSchema,
  TextEncodingName,
  ValidationIssue,
} from '@streamwright/formats'
export { SerdeError, ShapeError, ValidationError, shape } from '@streamwright/formats'
export type { AsyncOptions, AsyncOrder } from './asynchronous/async-options.ts'
export type { AsyncCall, AsyncProcessor, AsyncProcessorSupplier } from './asynchronous/async-processor.ts'
export { BranchedKStream } from './dsl/branched-stream.ts'
export type { BranchedOptions } from './dsl/branched-stream.ts'
export { CogroupedKStream } from './dsl/cogrouped-stream.ts'
export type {
  Aggregator,
  ForeachAction,
  Initializer,
  KeyValueMapper,
  KeyValuePair,
  Merger,
  Predicate,
  Reducer,
  ValueJoiner,
  ValueMapper,
} from './dsl/functions.ts'
export { GlobalKTable } from './dsl/global-table.ts'
export { JoinWindows } from './dsl/join-windows.ts'
export { KGroupedStream } from './dsl/grouped-stream.ts'
export { KGroupedTable } from './dsl/grouped-table.ts'
export type {
  ConsumedOptions,
  GroupedOptions,
  JoinedOptions,
  MaterializedOptions,
  NamedOptions,
  PrintedOptions,
  ProducedOptions,
  RepartitionedOptions,
  StreamJoinedOptions,
  TableJoinedOptions,
} from './dsl/options.ts'
export type {
  CustomStoreOptions,
  KeyValueBounds,
  KeyValueStoreSupplier,
  SessionStoreSupplier,
  StoreBuilderOptions,
  StoreSupplier,
  VersionedKeyValueStoreSupplier,
  VersionedStoreOptions,
  WindowStoreOptions,
  WindowStoreSupplier,
} from './dsl/stores.ts'
export { Stores } from './dsl/stores.ts'
export type { ProcessOptions } from './dsl/stream.ts'
export type { AsyncOperatorOptions, ProcessAsyncOptions } from './dsl/stream-async.ts'
export { SessionWindowedCogroupedKStream } from './dsl/session-windowed-cogrouped-stream.ts'
export { SessionWindowedKStream } from './dsl/session-windowed-stream.ts'
export { KStream } from './dsl/stream.ts'
export type { StreamsBuilderOptions } from './dsl/streams-builder.ts'
export { StreamsBuilder } from './dsl/streams-builder.ts'
export type { EagerSuppressBufferOptions, SuppressBufferOptions } from './dsl/suppressed.ts'
export { Suppressed } from './dsl/suppressed.ts'
export { KTable } from './dsl/table.ts'
export { TimeWindowedCogroupedKStream } from './dsl/time-windowed-cogrouped-stream.ts'
export { TimeWindowedKStream } from './dsl/time-windowed-stream.ts'
export type { EmitStrategy } from './dsl/windows.ts'
export { SessionWindows, SlidingWindows, TimeWindows, UnlimitedWindows } from './dsl/windows.ts'
export type { MetricSensor, SensorOptions, StreamsMetrics } from './metrics/streams-metrics.ts'
export type { Metric, MetricFilter, MetricTags, Metrics } from './metrics/metric.ts'
export { deadLetter } from './handlers/dead-letter.ts'
export type {
  ErrorHandlerContext,
  RawOutputRecord,
  RawSourceRecord,
  UnserializedRecord,
} from './handlers/error-handler-context.ts'
export type {
  DeserializationExceptionHandler,
  HandlerResponse,
  HandlerResult,
  ProcessingExceptionHandler,
  ProductionExceptionHandler,
  ProductionHandlerResult,
} from './handlers/exception-handlers.ts'
export type {
  HandlerChoice,
  HandlerOptions,
  HandlerSetting,
  HandlersByNode,
  StandardHandler,
} from './handlers/handler-options.ts'
export { RecordError } from './handlers/record-error.ts'
export {
  InvalidStateStoreError,
  StreamsError,
  StreamsNotStartedError,
  StreamsStoppedError,
  TopologyError,
  UnknownStateStoreError,
} from './errors.ts'
export type { Change } from './processor/change.ts'
export type {
  Cancellable,
  FixedKeyProcessorContext,
  ProcessingContext,
  ProcessorContext,
  PunctuationType,
  RecordMetadata,
  ScheduleOptions,
} from './processor/processor-context.ts'
export type { FixedKeyRecord } from './processor/fixed-key-record.ts'
export type { FixedKeyProcessor, Processor } from './processor/processor.ts'
export { Record } from './processor/record.ts'
export type {
  ValueTransformer,
  ValueTransformerContext,
  ValueTransformerSupplier,
} from './processor/value-transformer.ts'
export type { TaskId } from './processor/task-id.ts'
export type { FailureReason } from './queries/failure-reason.ts'
export type { ReadOnlyRecord } from './queries/headers-query.ts'
export {
  TimestampedKeyWithHeadersQuery,
  TimestampedRangeWithHeadersQuery,
  TimestampedWindowKeyWithHeadersQuery,
  TimestampedWindowRangeWithHeadersQuery,
} from './queries/headers-query.ts'
export { KeyQuery, TimestampedKeyQuery } from './queries/key-query.ts'
export { PositionBound } from './queries/position-bound.ts'
export type { PositionComponents } from './queries/position.ts'
export { Position } from './queries/position.ts'
export type { QueryableStoreType } from './queries/queryable-store-type.ts'
export { QueryableStoreTypes } from './queries/queryable-store-types.ts'
export type { QueryConfig } from './queries/query-config.ts'
export type { FailedQueryResult, SucceededQueryResult } from './queries/query-result.ts'
export { QueryResult } from './queries/query-result.ts'
export type { ResultOrder } from './queries/query.ts'
export { Query } from './queries/query.ts'
export { RangeQuery, TimestampedRangeQuery } from './queries/range-query.ts'
export type {
  InStore,
  InTable,
  InWindowedTable,
  TableAnswers,
  WindowedTableAnswers,
} from './queries/state-query-request.ts'
export { StateQueryRequest } from './queries/state-query-request.ts'
export { StateQueryResult } from './queries/state-query-result.ts'
export { StoreQueryParameters } from './queries/store-query-parameters.ts'
export { MultiVersionedKeyQuery, VersionedKeyQuery } from './queries/versioned-query.ts'
export type { WindowRangeOf } from './queries/window-query.ts'
export { WindowKeyQuery, WindowRangeQuery } from './queries/window-query.ts'
export type { HostInfo } from './runtime/host-info.ts'
export type { LagInfo, StorePartitionLags } from './runtime/store-lags.ts'
export type { KeyLocation, KeyQueryMetadata, StreamsMetadata } from './runtime/streams-metadata.ts'
export type { CloseOptions, RunnableTopology } from './runtime/kafka-streams.ts'
export { KafkaStreams } from './runtime/kafka-streams.ts'
export type { RestoreListener } from './runtime/restorer.ts'
export type { StreamsConfig } from './runtime/streams-settings.ts'
export { streamsSettings } from './runtime/streams-settings.ts'
export type { StreamsState } from './runtime/streams-state.ts'
export type { TaskMetadata, ThreadMetadata } from './runtime/thread-metadata.ts'
export type { StreamsSerdes } from './serdes/serdes.ts'
export { serdes } from './serdes/serdes.ts'
export type { TimeWindowedOptions, WindowSize, WindowedSerde } from './serdes/windowed.ts'
export type {
  CustomStoreDefinition,
  KeptForm,
  KeyValueStoreDefinition,
  SessionStoreDefinition,
  StoreDefinition,
  StoreEngine,
  JoinBufferDefinition,
  SuppressBufferDefinition,
  VersionedKeyValueStoreDefinition,
  WindowStoreDefinition,
} from './state/store-definition.ts'
export type {
  AggregationWithHeaders,
  KeyValue,
  KeyValueStore,
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyVersionedKeyValueStore,
  ReadOnlyWindowStore,
  SessionStore,
  SessionStoreWithHeaders,
  StateStore,
  StoreIterator,
  TimestampedKeyValueStore,
  TimestampedKeyValueStoreWithHeaders,
  TimestampedWindowStore,
  TimestampedWindowStoreWithHeaders,
  ValueAndTimestamp,
  ValueTimestampHeaders,
  VersionedKeyValueStore,
  VersionedPutResult,
  VersionedRecord,
  Window,
  WindowStore,
} from './state/store.ts'
export { Windowed } from './state/store.ts'
export type { CustomStore, StoreContext } from './state/custom-store.ts'
export type { CustomEngine, CustomEngineContext, CustomEngineFactory } from './state/engine/custom-engine.ts'
export type {
  Engine,
  EngineEntry,
  EngineRange,
  EngineReader,
  EngineSnapshot,
  EngineWrite,
} from './state/engine/engine.ts'
export type { RestoredRecord } from './state/task-store.ts'
export { plainKeyValueView, plainWindowView } from './state/value-views.ts'
export type { RecordContext } from './processor/record-context.ts'
export type { TopologyConfig } from './topology/define.ts'
export type {
  ConsumedRecord,
  OffsetReset,
  StreamPartitioner,
  TimestampExtractor,
  TopicNameExtractor,
  TopologyDefinition,
} from './topology/definition.ts'
export type { DescribedNode, DescribedSubtopology } from './topology/describe.ts'
export { TimestampExtractors } from './topology/timestamp-extractors.ts'
export { TopologyDescription } from './topology/describe.ts'
export type { FixedKeyProcessorSupplier, ProcessorSupplier } from './topology/processor-supplier.ts'
export type { ProcessorWrapper, WrappableSupplier } from './topology/processor-wrapper.ts'
export type {
  GlobalStoreOptions,
  SinkOptions,
  SourceOptions,
  TopologyOptions,
  TopologyPictureOptions,
} from './topology/topology.ts'
export type {
  EdgeJson,
  NodeJson,
  ProcessorJson,
  SinkJson,
  SourceJson,
  StoreJson,
  SubtopologyJson,
  TopicJson,
  TopologyJson,
  TopologyViewOptions,
} from './topology/topology-json.ts'
export type { PictureDirection } from './topology/topology-mermaid.ts'
export { Topology } from './topology/topology.ts'
