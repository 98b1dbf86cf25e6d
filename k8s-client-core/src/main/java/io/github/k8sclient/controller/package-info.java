/**
 * Controllers: what changes in a cluster becomes keys in a work queue, and a
 * {@link io.github.k8sclient.controller.Reconciler} brings about for each key what is
 * wanted. Nothing beyond this loop; begin with
 * {@link io.github.k8sclient.controller.Controller}.
 */
@NullMarked
package io.github.k8sclient.controller;

import org.jspecify.annotations.NullMarked;
