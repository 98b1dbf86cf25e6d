/**
 * A client that reads nothing of objects but their metadata.
 */
@NullMarked
package io.github.k8sclient.metadata;

import org.jspecify.annotations.NullMarked;
