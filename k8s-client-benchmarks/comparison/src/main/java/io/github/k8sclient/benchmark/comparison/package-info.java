/**
 * Other clients for the request benchmark, on a class path of their own.
 */
@NullMarked
package io.github.k8sclient.benchmark.comparison;

import org.jspecify.annotations.NullMarked;
