/**
 * Changes of Kubernetes resources as Spring application events.
 */
@NullMarked
package io.github.k8sclient.event;

import org.jspecify.annotations.NullMarked;
