import assert from 'node:assert/strict'
import { ErrorCode, errorInfo, kafkaError } from '@streamwright/protocol'
import { listAt, numberAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

/** `errors.json`: the table of errors, and how a client handles each. */
export function runErrors({ content, file, report }: ProtocolRun): void {
  for (const vector of listAt(content, 'errors')) {
    const name = textAt(vector, 'name')
    runCase(report, `${file.label} ${name}`, () => {
      const code = numberAt(vector, 'code')
      const codes: Readonly<Record<string, number>> = ErrorCode
      assert.equal(codes[name], code, 'code')
      const info = errorInfo(code)
      assert.equal(info.name, name, 'name')
      assert.equal(info.javaException, vector['exception'], 'exception')
      if (code === ErrorCode.NONE) return
      assert.equal(info.retriable, vector['retriable'], 'retriable')
      assert.equal(info.refreshMetadata, vector['refreshMetadata'], 'refreshMetadata')
      assert.equal(info.refreshBeforeRetry, vector['refreshBeforeRetry'], 'refreshBeforeRetry')
      assert.equal(info.abortsTransaction, vector['txnAbort'], 'txnAbort')
      assert.equal(info.authorization, vector['authorization'], 'authorization')
      assert.equal(info.invalidConfiguration, vector['invalidConfiguration'], 'invalidConfiguration')
      assert.equal(info.applicationRecoverable, vector['applicationRecoverable'], 'applicationRecoverable')
      const error = kafkaError(code)
      assert.equal(error.code, name)
      assert.equal(error.errorCode, code)
      assert.equal(error.retriable, vector['retriable'])
    })
  }
}
