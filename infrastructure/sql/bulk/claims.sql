copy claim (scope, kind, digest, root) from stdin
