/**
 * A Kubernetes API server for tests: {@link io.github.k8sclient.test.EmbeddedApiServer}
 * lives in this JVM, {@link io.github.k8sclient.test.ApiServerLauncher} starts the real
 * one.
 */
@NullMarked
package io.github.k8sclient.test;

import org.jspecify.annotations.NullMarked;
