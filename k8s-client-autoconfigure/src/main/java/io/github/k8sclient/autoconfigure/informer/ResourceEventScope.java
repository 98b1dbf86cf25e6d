package io.github.k8sclient.autoconfigure.informer;

import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.informer.SharedInformerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.util.Assert;

/**
 * The application contexts whose listeners receive events from one
 * {@link InformerLifecycle}. So that each listener in a hierarchy of contexts gets each
 * event once, these are the context of the lifecycle and those ancestors without a
 * lifecycle of their own, because an event reaches the ancestors, too.
 */
final class ResourceEventScope {

	private final ConfigurableApplicationContext context;

	private final boolean servedByAncestor;

	ResourceEventScope(ConfigurableApplicationContext context) {
		this.context = context;
		ApplicationContext ancestor = context.getParent();
		while (ancestor != null && !hasLifecycle(ancestor)) {
			ancestor = ancestor.getParent();
		}
		this.servedByAncestor = (ancestor != null);
	}

	private static boolean hasLifecycle(ApplicationContext context) {
		return context.getBeanNamesForType(InformerLifecycle.class, false, false).length > 0;
	}

	/**
	 * Return whether the informers belong to this context and not to an ancestor.
	 * @return {@code true} if the factory is a bean of this context
	 */
	boolean ownsFactory() {
		return this.context.getBeanNamesForType(SharedInformerFactory.class, true, false).length > 0;
	}

	/**
	 * Find the listeners.
	 * @return the listeners, those of this context first
	 */
	List<ResourceEventListener> findListeners() {
		List<ResourceEventListener> listeners = new ArrayList<>(listenersOf(this.context));
		if (!this.servedByAncestor) {
			ApplicationContext ancestor = this.context.getParent();
			while (ancestor != null) {
				listeners.addAll(listenersOf(ancestor));
				ancestor = ancestor.getParent();
			}
		}
		return listeners;
	}

	private static List<ResourceEventListener> listenersOf(ApplicationContext context) {
		return (context.getAutowireCapableBeanFactory() instanceof ConfigurableListableBeanFactory beanFactory)
				? new ResourceEventListenerScanner(beanFactory).scan() : List.of();
	}

	/**
	 * Return the publisher of events for these listeners.
	 * @return the publisher
	 */
	ApplicationEventPublisher publisher() {
		return this.servedByAncestor ? this::publishHereOnly : this.context;
	}

	private void publishHereOnly(Object event) {
		Assert.isInstanceOf(ApplicationEvent.class, event);
		this.context
			.getBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
					ApplicationEventMulticaster.class)
			.multicastEvent((ApplicationEvent) event);
	}

}
