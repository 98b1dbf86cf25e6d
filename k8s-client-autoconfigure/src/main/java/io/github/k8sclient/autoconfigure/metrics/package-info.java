/**
 * Meters of informers and of credential plugins.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
