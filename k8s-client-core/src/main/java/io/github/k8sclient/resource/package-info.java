/**
 * What classes are the objects of: the built-in kinds, and custom resources that are read
 * and written by Jackson.
 */
@NullMarked
package io.github.k8sclient.resource;

import org.jspecify.annotations.NullMarked;
