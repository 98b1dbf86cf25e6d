/**
 * The demo application: claim watch, deployment watch and node list on the starter.
 */
@NullMarked
package io.github.k8sclient.demo;

import org.jspecify.annotations.NullMarked;
