/**
 * Benchmarks of the client: the whole informer as a process, and its parts with JMH.
 */
@NullMarked
package io.github.k8sclient.benchmark;

import org.jspecify.annotations.NullMarked;
