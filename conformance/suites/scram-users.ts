import { Admin } from '@streamwright/client'

/** Passwords by mechanism: a user may have one for each. */
export type ScramPasswords = Readonly<Partial<Record<'SCRAM-SHA-256' | 'SCRAM-SHA-512', string>>>

/** Gives users passwords for SCRAM. */
export async function addScramUsers(
  bootstrapServers: string,
  users: Readonly<Record<string, ScramPasswords>>,
): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  try {
    await admin.alterUserScramCredentials(
      Object.entries(users).flatMap(([user, passwords]) =>
        (['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).flatMap((mechanism) => {
          const password = passwords[mechanism]
          return password === undefined ? [] : [{ user, mechanism, password }]
        }),
      ),
    )
  } finally {
    await admin.close()
  }
}
