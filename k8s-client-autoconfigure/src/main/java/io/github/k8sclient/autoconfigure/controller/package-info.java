/**
 * Controllers that run for the application, and the election of the instance where they
 * do.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.controller;

import org.jspecify.annotations.NullMarked;
