/**
 * Micrometer observations of what this client does.
 */
@NullMarked
package io.github.k8sclient.observation;

import org.jspecify.annotations.NullMarked;
