import { Admin } from '@streamwright/client'

/** Gives users passwords for SCRAM, by both digests. */
export async function addScramUsers(bootstrapServers: string, users: Readonly<Record<string, string>>): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  try {
    await admin.alterUserScramCredentials(
      Object.entries(users).flatMap(([user, password]) =>
        (['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map((mechanism) => ({ user, mechanism, password })),
      ),
    )
  } finally {
    await admin.close()
  }
}
