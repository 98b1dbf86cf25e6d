/**
 * Meters of informers.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
