/**
 * HTTP connections to the API server: TLS, HTTP/2, proxies, authentication and the
 * translation of connection failures.
 */
@NullMarked
package io.github.k8sclient.transport;

import org.jspecify.annotations.NullMarked;
