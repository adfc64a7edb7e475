import { expect, test } from "vitest"
import { deniedKind } from "../../server/workspace/deny-list.ts"

/** Of paths with forward slashes, one per line: those that are denied, each with its kind. */
function checkDenied(paths: string): Record<string, string> {
  const judged = paths
    .trim()
    .split(/\s+/)
    .map(path => [path, deniedKind(path.split("/").filter(name => name !== ""))] as const)
  return Object.fromEntries(judged.flatMap(([path, kind]) => (kind === null ? [] : [[path, kind]])))
}

test("files that hold secrets by their names are denied, wherever they lie and however they are written", () => {
  const paths = `/p/.env /p/.env.production /p/api/PROD.ENV /home/u/.ssh/id_ed25519 /home/u/.ssh/config /p/server.pem /p/tls/cert.crt
    /p/release.keystore /p/.npmrc /home/u/.netrc /home/u/.pgpass /home/u/.aws/credentials /home/u/.kube/config
    /p/service-account-prod.json /p/config/secrets.yml /p/terraform.tfstate /p/terraform.tfstate.backup /p/prod.tfvars
    /home/u/.bash_history /p/config/master.key /home/u/.docker/config.json /p/Keys/ID_RSA`
  expect(Object.keys(checkDenied(paths))).toEqual(paths.trim().split(/\s+/))
  expect(checkDenied("/p/.env /p/id_rsa /p/a.crt /p/a.tfstate /home/u/.netrc")).toMatchInlineSnapshot(`
    {
      "/home/u/.netrc": "a file of credentials",
      "/p/.env": "an environment file",
      "/p/a.crt": "a certificate",
      "/p/a.tfstate": "the state of an infrastructure",
      "/p/id_rsa": "a key",
    }
  `)
})

test("samples, public keys and sources named after secrets may be sent", () => {
  const paths = `/p/.env.example /p/.env.sample /p/.env.template /home/u/.ssh-tools/a.ts /p/id_rsa.pub /p/src/secrets.ts
    /p/src/credentials.ts /p/credentials.py /p/src/environment.ts /p/env.d.ts /p/src/keys.ts /p/key.ts /p/src/token.go
    /p/prod.tfvars.example /p/main.tf /p/docker/config.json /p/locales/en/auth.json /p/package.json /p/src/.environment.ts`
  expect(checkDenied(paths)).toEqual({})
})
