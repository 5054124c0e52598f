/**
 * What anyone may ask a master. Exact paths: anonymous users never had those beneath them, such as /livez/etcd.
 * Source: kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (system:public-info-viewer);
 * staging/src/k8s.io/apiserver/pkg/authentication/request/anonymous (conditions compare the whole path).
 */
export const healthPaths: readonly string[] = ["/livez", "/readyz", "/healthz"];
