/**
 * Health of the connection to the API server and of the informers.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
