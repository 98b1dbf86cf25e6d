/**
 * HTTP connections to the API server: TLS and its renewal, HTTP/2, proxies,
 * authentication and the translation of connection failures.
 * <p>
 * Begin with {@link io.github.k8sclient.transport.KubernetesTransport}. One is enough for
 * each cluster; who makes it closes it.
 */
@NullMarked
package io.github.k8sclient.transport;

import org.jspecify.annotations.NullMarked;
