/**
 * The exceptions of this client, and the one place that makes them of the API server's
 * answers.
 */
@NullMarked
package io.github.k8sclient;

import org.jspecify.annotations.NullMarked;
