/**
 * A Kubernetes API server for tests: {@link io.github.k8sclient.test.EmbeddedApiServer}
 * lives in this JVM, {@link io.github.k8sclient.test.ApiServerLauncher} starts the real
 * one.
 * <p>
 * Begin with {@link io.github.k8sclient.test.KubernetesTest}, which runs a Spring Boot
 * application against the server in this JVM;
 * {@link io.github.k8sclient.test.AutoConfigureEmbeddedApiServer} does so in test slices.
 * What can go wrong in a cluster is made to happen by
 * {@link io.github.k8sclient.test.EmbeddedApiServer#faults()}.
 */
@NullMarked
package io.github.k8sclient.test;

import org.jspecify.annotations.NullMarked;
